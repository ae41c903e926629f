package words

import "strings"

// The stop words are function words: articles, pronouns, prepositions, conjunctions, auxiliaries, and the few that
// every shop writes. Words that name what is sold are never among them, whatever their frequency; the weight of a
// frequent word is the index's business.
var stopLists = [languageCount]string{
	Dutch: `de het een en van in op te dat die dit is zijn was voor met als aan er om ook bij uit tot naar over je jij
		jou jouw u uw ik wij we ze zij hij hem haar hun ons onze niet geen maar of dan nog wel zo door deze daar hier
		wat wie hoe waar wanneer welke kan kunt kunnen wil wilt willen moet moeten mag heeft hebt hebben had worden
		wordt werd meer veel al alle alles andere tegen zonder onder tussen per zich zelf omdat want dus toch heel
		incl inclusief excl exclusief stuk stuks`,
	English: `the a an and or of in on at to for with from by as is are was were be been being it its this that these
		those you your yours we our ours they their he she his her him i me my not no but if then than so such into
		onto over under out up down off about can could will would should may might must has have had do does did
		more most very all any each every some other own same too just also when where which who what how why per
		incl including excl pcs pc`,
	French: `le la les un une des de du au aux et ou en dans sur sous pour par avec sans est sont été être ce cet
		cette ces il elle ils elles on nous vous je tu me te se son sa ses mon ma mes ton ta tes notre nos votre vos
		leur leurs qui que quoi dont où ne pas plus moins mais si comme aussi très tout toute tous toutes autre
		autres même ainsi chez vers entre l d j c n s m t qu y a ont avoir peut fait`,
	German: `der die das den dem des ein eine einen einem einer eines und oder aber von in im an am auf aus bei beim
		mit nach zu zum zur für über unter vor durch ohne um als wie ist sind war waren wird werden wurde sein hat
		haben kann können es sie er wir ihr ich du ihre ihren ihrem seine sich nicht kein keine auch noch nur schon
		so sehr mehr alle alles andere dass daß wenn weil denn dieser diese dieses jede jeder jedes was wer wo
		inkl inklusive exkl stück stk`,
	Spanish: `el la los las un una unos unas y e o u de del al a en con por para sin sobre bajo entre desde hasta es
		son era fue ser está están lo le les se su sus mi mis tu tus nuestro nuestra vuestro que quien cual como
		cuando donde no ni sí más menos muy pero si ya también todo toda todos todas otro otra otros otras este esta
		estos estas ese esa eso esto aquel ha han hay haber puede`,
}

// stopLanguages maps a word to the languages it is a stop word of, bit l for language l.
var stopLanguages = func() map[string]uint8 {
	m := make(map[string]uint8, 700)
	for l, list := range stopLists {
		for _, w := range strings.Fields(list) {
			m[w] |= 1 << l
		}
	}
	return m
}()

// IsStop reports whether a word in lower case says nothing of what a text is about. In a text of unknown language a
// word is a stop word when it is one in at least two of the languages.
func IsStop(l Language, word string) bool {
	mask := stopLanguages[word]
	if l == Unknown {
		return mask&(mask-1) != 0
	}
	return mask>>l&1 == 1
}
