// Prints what Intl makes of prices, for prices.json: `UPDATE=1 go test` runs it.
const languages = ["", "en", "en-US", "en-GB", "en-IE", "en-CA", "en-AU", "en-IN", "nl", "NL-be", "de", "de-AT", "de-CH", "fr", "fr-BE", "fr-CA", "fr-CH", "es", "es-MX", "es-AR",
	"es-419", "es-US", "pt", "pt-BR", "pt-PT", "it", "it-CH", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "el", "bg", "sr", "sr-Latn", "uk", "ru", "lt", "lv", "et", "fi", "sv", "da", "nb",
	"nn", "no", "is", "ca", "eu", "gl", "ga", "tr", "he", "iw", "ar", "ar-EG", "ar-AE", "fa", "ur", "hi", "bn", "mr", "ta", "th", "vi", "id", "ms", "fil", "ja", "ko", "zh",
	"zh-CN", "zh-hant-tw", "zh-TW", "zh-HK", "sw", "af", "am", "zu", "cy", "mn", "ka", "hy", "az", "kk", "uz", "xx", "de-DE-1996", "nl-u-co-phonebk", "en_US", "x", "nl-", "a-b"];
const currencies = ["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "INR", "KRW", "BRL", "MXN", "CAD", "AUD", "KWD", "PHP", "XOF", "XPF", "XCD", "BGN", "UAH", "THB", "XYZ", "eur", "E1R"];
const prices = [5, 1250, 123456789];
/** Chromium's signs are others. */
const chromium = { uk: "грн", ru: "грн." };
const words = (language, price, currency) => {
	try {
		const format = new Intl.NumberFormat(language || "en", { style: "currency", currency });
		return format.format(price / 10 ** format.resolvedOptions().maximumFractionDigits).replace("₴", (sign) => chromium[language] ?? sign);
	} catch {
		return "";
	}
};
const lines = languages.map((l) => `${JSON.stringify(l)}: {${currencies.map((c) => `"${c}": ${JSON.stringify(prices.map((p) => words(l, p, c)))}`).join(", ")}}`);
console.log(`{\n${lines.join(",\n")}\n}`);
