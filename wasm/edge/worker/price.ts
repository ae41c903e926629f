import type { Item } from "../../../web/src/pack.js";

/** The currencies whose minor unit is not a hundredth, as package host/internal/money has them, in whose units a pack's prices are.
 * Runtimes do not agree on it: those of one year take CLDR's word, those of another ISO 4217's. */
const none = "AFN ALL BIF CLP COP DJF GNF HUF IDR IQD IRR ISK JPY KMF KPW KRW LAK LBP MGA MMK PKR PYG RSD RWF SOS SYP UGX UYI VND VUV XAF XOF XPF YER";
const three = "BHD JOD KWD LYD OMR TND";

/** A format takes 50 µs to make. */
const formats = new Map<string, Intl.NumberFormat>();
const maxFormats = 200;

/** priceWords writes a price in a language, as that of web/src/suggestions.ts does. */
export function priceWords(language: string | undefined, { price, currency }: Item): string {
	if (!price) return "";
	const code = currency.toUpperCase();
	const decimals = none.includes(code) ? 0 : three.includes(code) ? 3 : 2;
	const key = `${language} ${code}`;
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
