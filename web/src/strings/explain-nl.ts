import type { ExplainStrings } from "./explain.js";

export const explainNl: ExplainStrings = {
	shownGeneral: "De lijst die iedereen hier op dit moment krijgt.",
	shownOnly: "De enige lijst die iemand hier kan krijgen.",
	shownList: "Lijst {0} van de {1} die iemand hier kan krijgen; {2} % van de denkbare bezoeken krijgt deze.",
	shownDeclared: "Een lijst voor wat u op deze pagina hebt opgegeven.",
	shownFull: "Een lijst voor dit bezoek, zoals u koos.",
	page: "Een andere pagina, een ander moment van de dag of een ander apparaat kan andere lijsten hebben.",
	visitList: "Deze lijst blijft op deze pagina. Een ander bezoek, of dit op pagina’s die komen, kan een andere van deze lijsten krijgen.",
	visitFull: "Het bezoek maakt dit waarschijnlijker: {0}. Een bezoek dat anders verdergaat heeft andere.",
	firstPages: "Vanaf pagina {0} van het bezoek kan het bezoek een andere lijst kiezen.",
	wish: "‘{0}’ is opgegeven als gezocht. Zonder dat komt dit minder.",
	dismiss: "‘Niet voor mij’ haalt het weg voor dit bezoek.",
	less: "Met ‘Niets van mij’ heeft het bezoek er geen deel in.",
	more: "Nu telt niets van het bezoek mee: de site, de browser of u hebt dat zo ingesteld. In het paneel kan dat meer worden.",
	paused: "Het bezoek staat op pauze, dus telt er niets van mee. In het paneel gaat het verder.",
	forget: "Met ‘Vergeet dit bezoek’ begint het opnieuw.",
	kinds: {
		view: "geopende pagina’s",
		search: "zoeken",
		filter: "lijsten beperken",
		"basket-add": "het mandje",
		"basket-remove": "het mandje",
		purchase: "bestellingen",
		chosen: "gevolgde suggesties",
		preference: "wat is opgegeven als gezocht",
	},
};
