// Package words splits the texts of a catalogue into words, and says which of them mean the same: it folds case and
// accents, keeps a number together with its unit, drops words that say nothing, and stems the rest.
//
// It knows Dutch, English, French, German and Spanish. Text in another language is split and folded, not stemmed.
//
//	words.Split("Men's 28\" city-bike, 50 cm", func(t words.Token) { … })
//	// men (a word), 28in (a measure), citybike, city, bike (a whole and its parts), 50cm (a measure)
package words
