package demo

func drawTent(c *canvas, p parameters) {
	inner := mix(p.dark, ink, 0.45)
	guy := mix(p.dark, ink, 0.2)
	switch p.get("shape") {
	case "tunnel":
		c.shadow(46, 360)
		c.fill("M52 240Q60 138 128 134Q200 106 268 128Q330 140 352 240z", p.base)
		c.fill("M52 240Q60 138 128 134Q108 180 112 240z", p.dark)
		c.stroke("M128 134Q108 180 112 240M204 116Q190 170 192 240M276 131Q288 180 286 240", p.light, 4)
		c.fill("M304 240Q300 186 292 150Q336 164 352 240z", p.dark)
		c.fill("M216 240Q216 176 234 160Q262 164 266 240z", inner)
		c.fill("M216 240Q216 176 234 160Q222 200 228 240z", p.light)
		c.stroke("M128 134L40 244M276 131L370 244", guy, 2)
	case "family":
		c.shadow(40, 366)
		c.fill("M50 240L84 140Q200 58 316 140L350 240z", p.base)
		c.fill("M84 140Q200 58 316 140L302 152Q200 84 98 152z", p.dark)
		c.fill("M164 240V124Q200 104 236 124V240z", p.light)
		c.fill("M178 240V134Q200 122 222 134V240z", inner)
		c.fill("M178 240V134Q186 130 190 150Q192 210 200 240z", cream)
		c.rect(96, 168, 46, 36, 6, "#cfe0e4")
		c.rect(258, 168, 46, 36, 6, "#cfe0e4")
		c.stroke("M119 168V204M281 168V204", p.dark, 3)
		c.stroke("M84 140L34 244M316 140L366 244", guy, 2)
	case "geodesic":
		c.shadow(62, 342)
		c.fill("M66 240Q84 96 200 92T336 240z", p.base)
		c.stroke("M66 240Q140 60 262 118M336 240Q262 60 138 118M110 240Q190 50 312 200M290 240Q210 50 88 200", p.light, 5)
		c.fill("M168 240Q172 172 200 160Q230 172 234 240z", inner)
		c.fill("M168 240Q172 172 200 160Q184 200 188 240z", p.dark)
		c.fill("M0 238Q60 226 110 240T230 240T330 238T400 236V300H0z", "#eef3f1")
		c.stroke("M106 150L40 240M294 150L362 240", guy, 2)
	case "tarp":
		c.shadow(90, 320)
		c.line(96, 110, 92, 244, hide, 7)
		c.line(306, 96, 312, 244, hide, 7)
		c.fill("M60 148L96 104L200 118L308 90L352 142Q280 152 204 140Q130 160 60 148z", p.base)
		c.fill("M96 104L200 118L308 90L352 142Q280 128 204 140L200 118z", p.dark)
		c.stroke("M60 148L28 240M352 142L380 240M96 104L58 240M308 90L344 240", guy, 2)
		c.rect(160, 222, 76, 9, 4, "#b98a52")
		c.stroke("M170 230L164 246M226 230L232 246", "#8d6436", 5)
		c.rect(176, 202, 20, 20, 4, palette["rust"])
		c.fill("M210 222q-2 -20 14 -22q14 2 12 22z", steel)
	case "solo":
		c.shadow(52, 350)
		c.fill("M56 240Q150 214 176 128Q196 118 214 130Q260 206 348 240z", p.base)
		c.fill("M176 128Q196 118 214 130Q206 190 216 240H110Q160 200 176 128z", p.light)
		c.fill("M214 130Q260 206 348 240H216Q206 190 214 130z", p.dark)
		c.fill("M150 240Q178 196 186 154Q198 196 200 240z", inner)
		c.stroke("M56 240L30 246M348 240L376 246M194 122Q194 180 204 240", guy, 2)
	default: // dome
		c.shadow(64, 340)
		c.fill("M72 240Q96 104 200 102T330 240z", p.base)
		c.fill("M200 102Q306 104 330 240H246Q250 150 200 102z", p.dark)
		c.stroke("M72 240Q130 120 200 102Q270 130 330 240", p.light, 5)
		c.fill("M136 240Q150 164 194 132Q226 170 232 240z", inner)
		c.fill("M136 240Q150 164 194 132Q166 186 170 240z", p.light)
		c.fill("M186 104q14 -16 30 2l-4 12q-14 -8 -26 0z", p.dark)
		c.stroke("M120 150L44 244M288 156L364 244", guy, 2)
	}
}

func drawPegs(c *canvas, p parameters) {
	c.shadow(96, 304)
	for i := 0; i < 5; i++ {
		x := 110 + float64(i)*45
		top := 84 + float64(i%2)*14
		c.fill(d("M$ $h18v110l-9 40l-9 -40z", x-9, top), cloud)
		c.fill(d("M$ $h9v150l-9 -40z", x, top), steel)
		c.rect(x-13, top-14, 26, 22, 6, p.base)
		c.stroke(d("M$ $q22 2 16 26q-6 10 -14 2", x+8, top+4), palette["ochre"], 4)
	}
}

func drawSleepingBag(c *canvas, p parameters) {
	c.shadow(60, 344)
	switch p.get("shape") {
	case "blanket":
		c.fill("M72 132L300 112Q330 112 336 140L342 232H84z", p.base)
		c.fill("M200 121L300 112Q330 112 336 140L338 176Q270 172 214 186z", p.light)
		for x := 112.0; x < 340; x += 44 {
			c.stroke(d("M$ 132L$ 230", x-6, x+4), p.dark, 3)
		}
		c.stroke("M84 232H342", palette["ochre"], 5)
		c.rect(76, 138, 66, 34, 14, cream)
	case "liner":
		c.fill("M70 150Q200 118 330 138L336 226Q200 242 76 230z", p.base)
		c.stroke("M104 152q40 30 30 72M190 138q30 40 20 96M264 138q20 40 16 90", p.dark, 3)
		c.rect(78, 156, 64, 44, 10, cream)
		c.rect(286, 170, 66, 72, 14, p.dark)
		c.stroke("M296 172q22 -22 46 0", cream, 4)
	case "kids":
		c.fill("M92 166Q96 118 152 120L296 140Q326 150 326 190T296 238L152 240Q92 238 92 190z", p.base)
		c.ellipse(132, 178, 38, 46, p.dark)
		c.ellipse(136, 180, 27, 34, cream)
		c.line(262, 138, 262, 238, palette["rust"], 5)
		for _, at := range [][2]float64{{196, 156}, {222, 206}, {188, 214}, {238, 166}, {294, 184}} {
			c.fill(d("M$ $l4 9l10 1l-7 7l2 10l-9 -5l-9 5l2 -10l-7 -7l10 -1z", at[0], at[1]-12), cream)
		}
	default:
		deep := 0.0
		if p.is("thick") {
			deep = 22
		}
		c.fill(d("M72 188C66 $ 108 $ 160 $L310 $Q344 $ 346 196T310 238L160 242Q84 240 72 188z", 126-deep, 112-deep, 118-deep, 152-deep/2, 158-deep/2), p.base)
		for i, x := range []float64{176, 206, 236, 266, 296} {
			c.stroke(d("M$ $Q$ 190 $ 240", x, 121-deep+float64(i)*7+deep*float64(i)*0.1, x+18, x), p.dark, 4)
		}
		c.ellipse(122, 180-deep/2, 44, 52+deep/3, p.dark)
		c.ellipse(126, 182-deep/2, 30, 36+deep/4, p.light)
		c.stroke("M150 214L320 214", palette["ochre"], 4)
	}
}

func drawMat(c *canvas, p parameters) {
	c.shadow(60, 344)
	switch p.get("shape") {
	case "fold":
		for i := range 6 { // leaves that rise and fall in turn, seen from the side
			x := 66 + float64(i)*40
			low, high, shade, spot := 246.0, 218.0, p.base, p.dark
			if i%2 == 1 {
				low, high, shade, spot = 218, 246, p.dark, p.base
			}
			c.fill(d("M$ $l40 $l26 -104l-40 $z", x, low, high-low, low-high), shade)
			for k := 1.0; k < 5; k++ {
				for m := 1.0; m < 3; m++ {
					c.circle(x+40*m/3+26*k/5, low+(high-low)*m/3-104*k/5, 3.2, spot)
				}
			}
		}
	case "roll":
		c.fill("M150 240H338q10 0 10 -10v-8H150z", p.dark)
		c.rect(140, 216, 206, 16, 6, p.base)
		c.circle(150, 178, 66, p.base)
		for r := 54.0; r > 8; r -= 13 {
			c.ring(150, 178, r, p.dark, 4)
		}
		c.rect(318, 204, 22, 14, 4, palette["ochre"])
		c.line(150, 112, 150, 108, ink, 8)
	default:
		c.fill("M56 224L112 150Q120 140 136 140H320Q340 140 342 156L352 224Q352 238 336 240H70Q52 238 56 224z", p.base)
		c.fill("M56 224Q200 236 352 224Q352 238 336 240H70Q52 238 56 224z", p.dark)
		for i := 0.0; i < 6; i++ {
			c.stroke(d("M$ 148L$ 222", 144+i*34, 104+i*42), p.dark, 5)
			c.stroke(d("M$ 150L$ 220", 154+i*34, 118+i*42), p.light, 3)
		}
		c.rect(60, 208, 20, 12, 5, palette["ochre"])
	}
}

func drawPillow(c *canvas, p parameters) {
	c.shadow(90, 310)
	c.fill("M92 150Q88 124 120 128Q200 140 280 128Q312 124 308 150Q300 190 310 220Q312 246 280 240Q200 230 120 240Q88 246 90 220Q100 190 92 150z", p.base)
	c.fill("M118 142Q200 154 282 142Q272 170 200 176T118 142z", p.light)
	c.stroke("M104 232q12 -14 10 -36M296 232q-12 -14 -10 -36", p.dark, 5)
	c.circle(290, 214, 8, palette["ochre"])
	c.fill("M154 190q4 -16 20 -14q8 -14 24 -6q16 -4 18 12q14 2 10 14q-2 6 -10 6h-54q-14 -2 -8 -12z", cream)
}

func drawStove(c *canvas, p parameters) {
	c.shadow(110, 290)
	switch p.get("fuel") {
	case "gas":
		flame(c, 200, 92, 1)
		c.fill("M140 178Q140 168 150 168H250Q260 168 260 178V232q0 12 -14 12H154q-14 0 -14 -12z", p.base)
		c.rect(140, 196, 120, 18, 0, cream)
		c.rect(182, 134, 36, 36, 4, steel)
		c.rect(166, 104, 68, 18, 6, ink)
		c.rect(188, 118, 24, 20, 3, "#6d7a80")
		c.stroke("M200 122L134 104V92M200 122L266 104V92", "#6d7a80", 6)
		c.line(218, 152, 256, 152, steel, 5)
		c.rect(252, 144, 22, 16, 3, palette["ochre"])
	case "alcohol":
		c.rect(120, 84, 160, 40, 10, steel)
		c.rect(112, 78, 176, 14, 6, "#6d7a80")
		c.line(280, 98, 344, 92, ink, 8)
		c.fill("M104 126H296L282 244H118z", cloud)
		c.fill("M104 126H150L150 244H118z", steel)
		for x := 140.0; x < 276; x += 24 {
			c.circle(x, 222, 6, ink)
		}
		c.fill("M164 212V176Q164 142 200 142T236 176V212z", ink)
		c.fill("M172 192q28 -12 56 0v20h-56z", p.base)
		flame(c, 200, 172, 0.5)
	default:
		flame(c, 200, 78, 1.15)
		c.fill("M138 112H262L254 244H146z", p.base)
		c.fill("M138 112H176L176 244H146z", p.light)
		c.fill("M176 190q24 -22 48 0v36h-48z", ink)
		flame(c, 200, 196, 0.4)
		for x := 160.0; x < 250; x += 20 {
			c.circle(x, 136, 5, "#5d6a70")
			c.circle(x+4, 156, 5, "#5d6a70")
		}
		c.line(262, 238, 330, 226, "#8d6436", 9)
		c.line(276, 244, 336, 242, "#a97c45", 9)
	}
}

// flame draws a fire with its top near x, y-30.
func flame(c *canvas, x, y, scale float64) {
	c.within("translate("+n(x)+" "+n(y)+") scale("+n(scale)+")", func() {
		c.fill("M0 -52C30 -24 34 -2 22 16Q12 26 0 26T-22 16C-34 -2 -16 -14 0 -52z", palette["ochre"])
		c.fill("M0 -20C14 -4 18 8 10 20Q0 28 -10 20C-16 8 -8 -4 0 -20z", "#fbe7a8")
	})
}

func drawPans(c *canvas, p parameters) {
	c.shadow(90, 316)
	c.rect(98, 188, 190, 56, 12, p.base)
	c.rect(88, 180, 210, 14, 6, p.dark)
	c.rect(120, 128, 150, 52, 10, p.light)
	c.rect(110, 120, 170, 14, 6, p.base)
	c.fill("M136 120Q140 92 195 92T254 120z", p.dark)
	c.rect(184, 80, 22, 14, 6, palette["rust"])
	c.line(296, 206, 352, 196, palette["rust"], 12)
	c.rect(286, 198, 18, 22, 4, ink)
}

func drawMug(c *canvas, p parameters) {
	c.shadow(110, 290)
	c.stroke("M256 136C322 126 322 214 252 206", p.base, 15)
	c.fill("M116 108H260L252 230q-2 14 -16 14H140q-14 0 -16 -14z", "#f4f1e8")
	c.fill("M116 108H160L160 244H140q-14 0 -16 -14z", "#ffffff")
	c.rect(110, 100, 156, 15, 7, p.base)
	c.stroke("M146 186q12 -16 24 0t24 0t24 0t20 -2", p.base, 6)
	c.circle(214, 152, 12, palette["ochre"])
	c.stroke("M164 84q-12 -16 0 -30M198 84q-12 -16 0 -30", "#ffffff", 6)
}

func drawThermos(c *canvas, p parameters) {
	c.shadow(130, 292)
	c.rect(156, 96, 88, 148, 16, p.base)
	c.rect(166, 104, 16, 132, 8, p.light)
	c.rect(156, 216, 88, 28, 12, p.dark)
	c.rect(160, 84, 80, 20, 4, steel)
	c.rect(166, 44, 68, 44, 10, p.dark)
	c.rect(252, 204, 52, 40, 8, p.dark)
	c.ellipse(278, 206, 24, 6, "#a5662e")
	c.stroke("M270 192q-8 -12 0 -22M286 192q-8 -12 0 -22", "#ffffff", 4)
}

func drawBottle(c *canvas, p parameters) {
	c.shadow(140, 262)
	c.fill("M152 104Q154 88 176 84H224Q246 88 248 104V136L238 150L248 164V228q0 16 -16 16H168q-16 0 -16 -16V164L162 150L152 136z", p.base)
	c.fill("M152 104Q154 88 176 84V244H168q-16 0 -16 -16V164L162 150L152 136z", p.light)
	c.rect(168, 62, 64, 26, 8, ink)
	c.rect(186, 40, 28, 26, 8, cream)
	c.stroke("M172 196q14 -16 28 0t28 0", cream, 6)
	c.stroke("M172 212q14 -16 28 0t28 0", cream, 6)
}

func drawCutlery(c *canvas, p parameters) {
	c.shadow(90, 310)
	c.fill("M96 150H304L312 236q0 8 -10 8H98q-10 0 -10 -8z", palette["slate"])
	for i, x := range []float64{126, 174, 222, 270} {
		c.rect(x-9, 138, 18, 92, 8, p.base)
		c.rect(x-5, 92, 10, 50, 3, steel)
		switch i {
		case 0:
			c.fill(d("M$ 48q20 20 14 70h-18q-2 -50 4 -70z", x-4), cloud)
		case 1:
			c.stroke(d("M$ 48v26q0 16 14 16t14 -16v-26M$ 48v60", x-14, x), cloud, 6)
		default:
			c.ellipse(x, 74, 15, 26-float64(i-2)*8, cloud)
		}
	}
	c.fill("M92 178H308L312 236q0 8 -10 8H98q-10 0 -10 -8z", "#6d7d85")
	c.stroke("M92 180H308", palette["ochre"], 5)
}

func drawWaterFilter(c *canvas, p parameters) {
	c.shadow(136, 270)
	c.fill("M156 42Q200 30 244 42L256 136Q250 152 200 152T144 136z", p.base)
	c.fill("M150 100Q200 88 250 100L256 136Q250 152 200 152T144 136z", p.dark)
	c.rect(182, 148, 36, 14, 4, ink)
	c.rect(172, 160, 56, 50, 10, cream)
	c.rect(180, 170, 40, 30, 5, p.light)
	c.stroke("M186 178h28M186 186h28M186 194h28", p.dark, 2.5)
	c.fill("M188 210h24l-6 14h-12z", ink)
	c.fill("M200 226q10 12 0 18q-10 -6 0 -18z", p.dark)
}
