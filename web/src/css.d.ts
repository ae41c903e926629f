declare module "*.css" {
	/** The style sheet's text, minified. */
	const text: string;
	export default text;
}
