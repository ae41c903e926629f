import type { Item } from "../../../web/src/pack.js";

/** The currencies whose minor unit is not a hundredth, as package host/internal/money has them, in whose units a pack's prices are.
 * Runtimes do not agree on it: those of one year take CLDR's word, those of another ISO 4217's. */
const none = "AFN ALL BIF CLP COP DJF GNF HUF IDR IQD IRR ISK JPY KMF KPW KRW LAK LBP MGA MMK PKR PYG RSD RWF SOS SYP UGX UYI VND VUV XAF XOF XPF YER";
const three = "BHD JOD KWD LYD OMR TND";

/** PriceFormat is how prices of a currency are written in a language: what comes before, between groups of three digits, before the decimals, and after;
 * and the least number of digits before the decimals that are parted in groups. */
type PriceFormat = readonly [before: string, group: string, decimal: string, after: string, least: number];

/** PRICES are formats by language and currency, as markup.PriceFormats has them; the bundle has them in its place. */
declare const PRICES: Readonly<Record<string, PriceFormat>>;

/** A format of Intl takes 50 µs to make, and the first one some milliseconds. */
const formats = new Map<string, Intl.NumberFormat>();
const maxFormats = 200;

/** decimalsOf returns how many decimals a currency has, by its code in capitals. */
const decimalsOf = (code: string): number => (none.includes(code) ? 0 : three.includes(code) ? 3 : 2);

/** priceWords writes a price in a language, as that of web/src/suggestions.ts does. */
export function priceWords(language: string | undefined, { price, currency }: Item): string {
	if (!price) return "";
	const code = currency.toUpperCase();
	const known = PRICES[`${language?.toLowerCase() ?? ""} ${code}`];
	return known ? written(known, price, decimalsOf(code)) : intlWords(language, code, price);
}

function written([before, group, decimal, after, least]: PriceFormat, price: number, decimals: number): string {
	const digits = String(price).padStart(decimals + 1, "0");
	const end = digits.length - decimals;
	let whole = digits.slice(0, end);
	if (end >= least) for (let k = end - 3; k > 0; k -= 3) whole = whole.slice(0, k) + group + whole.slice(k);
	return before + whole + (decimals ? decimal + digits.slice(end) : "") + after;
}

/** intlWords is priceWords of Intl alone, with a currency's code in capitals. */
export function intlWords(language: string | undefined, currency: string, price: number): string {
	const key = `${language} ${currency}`;
	const decimals = decimalsOf(currency);
	try {
		let format = formats.get(key);
		if (!format) {
			format = new Intl.NumberFormat(language, { style: "currency", currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals });
			if (formats.size >= maxFormats) formats.clear();
			formats.set(key, format);
		}
		return format.format(price / 10 ** decimals);
	} catch {
		return ""; // no currency, or none that is known, or no such language
	}
}
