// Making elements and sentences, for the visitor's panel.

type Child = Node | string;

/** make makes an element with a part, unless that is empty, and children. */
export const make = <K extends keyof HTMLElementTagNameMap>(tag: K, part: string, ...children: Child[]): HTMLElementTagNameMap[K] => {
	const e = document.createElement(tag);
	if (part) e.setAttribute("part", part);
	e.append(...children);
	return e;
};

/** button makes a button that does something. */
export const button = (part: string, words: string, act: () => void): HTMLButtonElement => {
	const e = make("button", part, words);
	e.type = "button";
	e.addEventListener("click", act);
	return e;
};

/** say puts what is spoken of into a sentence. */
export const say = (words: string, what: string | number): string => words.replace("{0}", () => String(what));
