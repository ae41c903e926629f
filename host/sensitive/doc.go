// Package sensitive says which items and topics of a catalogue are about what nobody wants to be known by: health, sexuality, pregnancy,
// religion, politics, debt, addiction, mourning, and small children. Its lists are text beside the code, one a category: numbers and
// paths of Google's product taxonomy, and words in Dutch, English, German, French and Spanish.
//
//	rules, err := sensitive.New(sensitive.Site{})
//	verdict := rules.Item(&item, words.Dutch)
//	if verdict.Sensitive {
//		fmt.Println(verdict.Rule) // health, by "bloedglucose*" in its title
//	}
//
// Words match whole words, folded as topics' names are, and only with a star what begins with them; descriptions are not read. A word that a
// list gives in another sense is taken back by a longer phrase ("baby blue").
package sensitive
