package demo

func drawChildSeat(c *canvas, p parameters) {
	c.shadow(110, 290)
	switch {
	case p.is("rear"):
		c.fill("M126 60Q130 40 160 44Q186 50 190 92L202 176H268q16 2 16 18v10H160q-26 0 -32 -28z", p.base)
		c.fill("M142 72Q146 58 162 62Q176 68 178 100L190 180H172q-16 0 -20 -18z", palette["ochre"])
		c.fill("M182 182H258q14 2 14 14H186q-16 0 -18 -12z", palette["ochre"])
		c.stroke("M160 78Q196 120 214 182", ink, 7)
		c.rect(206, 146, 22, 18, 5, red)
		c.stroke("M262 204L282 238H304", "#48565c", 13)
		c.rect(276, 222, 40, 9, 4, palette["ochre"])
		c.stroke("M120 224H232", steel, 8)
		c.rect(150, 202, 60, 18, 4, "#48565c")
	case p.is("front"):
		c.line(96, 96, 128, 244, steel, 15)
		c.stroke("M92 92q-10 -26 24 -34", ink, 9)
		c.rect(104, 158, 76, 20, 6, "#48565c")
		c.fill("M172 150H236L262 78Q268 62 286 68Q298 74 294 92L268 178q-6 18 -24 18H176q-12 0 -12 -14z", p.base)
		c.fill("M184 160H240L266 92Q274 82 280 90L256 172q-4 10 -16 10H186z", p.light)
		c.stroke("M186 190L168 232H142M224 194L210 236H186", p.dark, 12)
		c.rect(160, 128, 70, 18, 9, palette["ochre"])
		c.line(176, 140, 172, 164, palette["ochre"], 9)
	default:
		c.stroke("M84 214H316M120 214L176 246M280 214L186 246", "#48565c", 9)
		c.rect(106, 172, 180, 34, 14, p.base)
		c.rect(112, 166, 168, 16, 8, "#55636a")
		c.fill("M112 172Q92 110 112 96Q128 90 132 110L140 172z", p.base)
		c.stroke("M266 168Q264 116 296 118Q316 124 306 150", steel, 8)
		c.rect(280, 110, 30, 15, 7, palette["rust"])
		c.rect(224, 226, 56, 13, 5, palette["ochre"])
		c.line(240, 204, 246, 226, "#48565c", 8)
	}
}

func drawTrailer(c *canvas, p parameters) {
	c.shadow(80, 330)
	c.line(300, 206, 382, 188, "#5d6a70", 8)
	c.fill("M78 210Q80 100 158 84H238Q292 100 318 196L312 216H90z", p.base)
	c.fill("M160 96H232Q276 112 298 178H160z", "#cfe0e4")
	c.faint("M176 106H206L184 178H168z", "#ffffff", 0.55)
	c.fill("M78 210Q80 100 158 84H170Q150 140 150 214H90z", p.dark)
	c.circle(200, 148, 15, "#e0b48a")
	c.fill("M184 144q2 -18 18 -18t16 18z", palette["brick"])
	c.fill("M178 178q4 -20 22 -20t24 20z", palette["denim"])
	c.line(96, 108, 84, 34, "#5d6a70", 3.5)
	c.fill("M84 34L132 46L88 62z", red)
	drawWheel(c, parameters{settings: map[string]string{}, colour: p.colour}, point{176, 206}, 40)
	c.rect(92, 206, 210, 9, 4, "#48565c")
}

func drawTowBar(c *canvas, p parameters) {
	c.shadow(30, 380)
	plain := parameters{settings: map[string]string{}, colour: p.colour}
	c.scaled(90, floor, 0.6, func() {
		kid := parameters{settings: map[string]string{"frame": "kids", "bars": "bmx", "case": "yes"}, colour: p.colour}
		g := geometries["kids"]
		c.within("rotate(-7 116 190)", func() {
			drawWheel(c, kid, g.rear, g.rearRadius)
			drawWheel(c, kid, g.front, g.frontRadius)
			drawFrame(c, kid, g)
			drawDrive(c, kid, g)
			drawSeat(c, kid, g)
			drawBars(c, kid, g)
		})
	})
	drawWheel(c, plain, point{334, 182}, 62)
	c.stroke("M334 182L400 196M334 182L388 96M340 84H372M356 84L388 96L400 120", palette["slate"], 7)
	c.stroke("M322 80q20 -8 54 0", ink, 9)
	c.line(128, 164, 240, 128, palette["ochre"], 10)
	c.line(240, 128, 372, 128, palette["ochre"], 10)
	c.rect(228, 118, 24, 22, 6, ink)
	c.rect(362, 116, 22, 24, 6, ink)
}
