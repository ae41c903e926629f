import feed from "./catalogue.jsonl";

/** Product is an item of the catalogue that the pack is built from. */
export interface Product {
	id: string;
	url: string;
	title: string;
	price?: string;
}

export const products: Product[] = feed.trim().split("\n").map((line) => JSON.parse(line));

export const productAt = (path: string): Product | undefined => products.find(({ url }) => url === path);
