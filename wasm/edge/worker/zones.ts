// The time in time zones.

/** ZONES are the offsets of zones in some period, as package worker's Zones has them; the bundle has them in its place. */
declare const ZONES: { fromMs: number; untilMs: number; offsets: string };

export const quarterMs = 15 * 60_000;

/** Local tells the hour in a zone at a time of the clock, and whether it is a weekend there. */
export type Local = (ms: number) => { hour: number; weekend: boolean };

/** localIn returns what tells the time in a zone, or undefined where there is no such zone. Intl is asked for what ZONES has not: its first answer takes
 * longer than the rest of a first page. */
export function localIn(zone: string): Local | undefined {
	const { fromMs, untilMs, offsets } = ZONES;
	// A zone has a name here: offsets, which Intl takes too, are no zones of the database.
	if (!/^[A-Za-z]\S*$/.test(zone)) return undefined;
	const at = offsets.indexOf(` ${zone} `);
	if (at < 0) return intlIn(zone);
	const numbers = offsets.slice(offsets.indexOf("=", at) + 1, offsets.indexOf("\n", at)).split(" ").map(Number);
	let intl: Local | undefined;
	return (ms) => {
		if ((ms < fromMs || ms >= untilMs) && (intl ??= intlIn(zone))) return intl(ms);
		let k = 0;
		while (numbers[k + 1]! <= ms / quarterMs) k += 2;
		const there = new Date(ms + numbers[k]! * quarterMs);
		return { hour: there.getUTCHours(), weekend: there.getUTCDay() % 6 === 0 };
	};
}

/** intlIn is localIn of Intl alone. */
export function intlIn(zone: string): Local | undefined {
	try {
		const format = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", weekday: "short", hour: "2-digit", minute: "2-digit" });
		return (ms) => {
			const [, weekday, hour] = /(\w+),? (\d+):/.exec(format.format(ms))!;
			return { hour: Number(hour), weekend: weekday === "Sat" || weekday === "Sun" };
		};
	} catch {
		return undefined;
	}
}
