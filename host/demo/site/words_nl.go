package site

var nl = words{
	SkipToContent: "Naar de inhoud",
	Home:          "Home",
	Menu:          "Menu",
	Departments:   "Afdelingen",
	OwnName:       "Nederlands",
	Service:       "Klantenservice",
	YourVisit:     "Uw bezoek",
	MadeUp:        "Wad & Weg bestaat niet.",
	MadeUpMore: "Het is een verzonnen winkel om dingen op uit te proberen: er wordt hier niets verkocht of verstuurd, en " +
		"niemand vraagt naar uw naam.",
	Search:     "Zoeken",
	SearchIn:   "Zoek in de winkel",
	SearchHint: "Een tent, een slot, een lekke band…",
	Basket:     "Winkelmand",
	InBasket:   "in de winkelmand",
	Breadcrumb: "Waar u bent",
	AboutShop:  "Over deze winkel",

	HomeTitle:   "Fietsen en buitenspullen",
	HomeHeading: "Naar buiten, bij elk getij",
	HomeLead: "Fietsen voor elke dag en voor ver weg, kleding voor nat weer, en wat u nodig hebt voor een nacht aan het " +
		"water. Met advies van mensen die zelf fietsen en wandelen.",
	HomeDescription: "Fietsen, onderdelen, kleding, en spullen voor kamperen en wandelen, met rustig advies over kiezen, " +
		"gebruiken en herstellen.",
	ToBikes:      "Bekijk de fietsen",
	ToTestRide:   "Plan een proefrit",
	InTheShop:    "Nu in de winkel",
	FromOurNotes: "Uit ons schrift",
	CarryOn:      "Om mee verder te gaan",
	CarryOnText: "Van een bezoek blijft niets bewaard, tenzij u dat zelf aanzet. Wat u bekijkt staat dan hier, en blijft op dit " +
		"apparaat.",

	Everything:          "Alles",
	Choose:              "Kies een deel van de afdeling",
	ByPopularity:        "het meest gekozen eerst",
	ReadingOn:           "Advies en verhalen",
	Questions:           "Antwoorden",
	Elsewhere:           "Ook het bekijken waard",
	CategoryDescription: "%s bij Wad & Weg: wat wij hebben, en hoe u kiest.",
	OneItem:             "1 artikel",
	Items:               "%d artikelen",
	ResultsFor:          "Resultaten voor ‘%s’",
	OneResult:           "1 resultaat",
	Results:             "%d resultaten",
	NoResults:           "Niets hier heet zo.",
	NoResultsTips:       "Probeer een korter woord, of een woord dat zegt waar het voor is. Of begin bij een afdeling:",
	EmptySearch:         "Vul in wat u zoekt, of begin bij een afdeling:",
	OftenLooked:         "Vaak gezocht",

	InStock:        "Op voorraad",
	OutOfStock:     "Nu niet leverbaar",
	OnOrder:        "Op bestelling",
	OutOfStockMore: "Dit kunnen wij op dit moment niet krijgen. Wat erop lijkt, vindt u in dezelfde afdeling:",
	OnOrderMore:    "Wij bestellen dit voor u. Tot de verzending kunt u kosteloos annuleren.",
	AddToBasket:    "In de winkelmand",
	AboutItem:      "Over dit artikel",
	Facts:          "Kenmerken",
	DeliveryMore:   "Wat bezorgen kost en hoe lang het duurt:",
	AlsoInShop:     "Ook in de winkel",
	WorthReading:   "Het lezen waard",
	ReadOn:         "Lees en kijk verder",
	MoreHelp:       "Meer antwoorden",
	Named:          "Hier genoemd",
	Drawing:        "Tekening: %s",
	Guide:          "Gids",
	Review:         "Test",
	Comparison:     "Vergelijking",
	Article:        "Verhaal",
	Help:           "Service",

	BasketEmpty:     "Uw winkelmand is nog leeg.",
	BasketEmptyMore: "Een goed begin is een afdeling:",
	Remove:          "Verwijderen",
	Total:           "Totaal",
	PlaceOrder:      "Bestellen",
	PlaceOrderMore:  "Deze winkel is verzonnen: u betaalt niets en er wordt niets verstuurd.",
	HandyToo:        "Handig om erbij te hebben",
	Times:           "Aantal",
	ThanksTitle:     "Bedankt voor uw bestelling",
	ThanksLead:      "Omdat deze winkel verzonnen is, wordt er niets in rekening gebracht en niets verstuurd. Dit hebt u gekozen:",
	Bought:          "Uw bestelling",
	NoOrder:         "Geen bestelling",
	NoOrderMore:     "Er is hier geen bestelling om te tonen. Wat u kiest, ligt in uw winkelmand tot u het bestelt.",
	BackHome:        "Terug naar de winkel",

	VisitHeading: "Over uw bezoek en uw privacy",
	VisitLead: "Sommige lijstjes in deze winkel bewegen een beetje mee met wat u hier aan het doen bent, zoals een verkoper " +
		"luistert voordat hij iets aanwijst. Dat gebeurt op uw eigen apparaat.",
	PanelHeading: "Het is aan u",
	PanelFallback: "Zodra er scripts draaien, staat hier wat meetelt in uw bezoek, en kunt u het veranderen of vergeten. Zolang " +
		"er geen scripts draaien, telt er niets mee en zijn de lijstjes voor iedereen gelijk.",
	HowHeading: "Hoe het werkt",
	How: "Uw browser bepaalt zelf welk van een handvol lijstjes bij dit bezoek past. Die lijstjes liggen vooraf vast en zijn " +
		"voor iedereen dezelfde, tenzij u zelf om meer vraagt. Wat u hier doet, wordt hiervoor niet naar ons of naar anderen gestuurd, en er is geen profiel " +
		"van u.",
	KeptHeading: "Wat er bewaard wordt",
	Kept: "Wat in uw winkelmand ligt, staat in een cookie in uw browser: de nummers van de artikelen en verder niets. Dat " +
		"verdwijnt als u de browser sluit. Na een bestelling onthoudt een tweede cookie tien minuten lang wat u hebt " +
		"besteld, zodat de pagina met uw bestelling getoond kan worden.",
	SensitiveHeading: "Wat erbuiten blijft",
	Intimate: "Artikelen die over uw lichaam of uw gezondheid gaan, tellen hierin nooit mee en worden niet voorgesteld. U kunt " +
		"ze gewoon vinden en bestellen.",
	ServerHeading: "Wat wij wel zien",
	Server: "Om u een pagina te sturen, moet een server weten welke pagina u vraagt. Dat geldt voor elke website. Deze winkel " +
		"houdt dat niet bij.",
	Policy: "Elk signaal, elke termijn en wat nooit gebeurt: uit de instellingen zelf",

	MissingTitle: "Deze pagina is hier niet",
	MissingText:  "Misschien zit er een tikfout in het adres, of is de pagina verhuisd. U kunt zoeken, of beginnen bij een afdeling:",
}
