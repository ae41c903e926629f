import type { Strings } from "./strings.js";

export const en: Strings = {
	suggestions: "Suggestions",
	dismiss: "Not for me",
	dismissed: "Removed.",
	"popular-now": "Popular now",
	"same-topic": "Also about {0}",
	similar: "Like {0}",
	"often-together": "Often viewed with {0}",
	"in-topic": "From {0}",
	"you-asked": "You are looking for {0}",
	"pick-up": "To go on with",
	related: "Related",
};
