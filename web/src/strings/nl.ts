import type { Strings } from "./strings.js";

export const nl: Strings = {
	suggestions: "Suggesties",
	dismiss: "Niet voor mij",
	dismissed: "Weggehaald.",
	"popular-now": "Nu in trek",
	"same-topic": "Gaat ook over {0}",
	similar: "Lijkt op {0}",
	"often-together": "Vaak samen bekeken met {0}",
	"in-topic": "Uit {0}",
	"you-asked": "U zoekt {0}",
	"pick-up": "Ga verder",
	related: "Verwant",
};
