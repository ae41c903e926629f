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

func drawPoles(c *canvas, p parameters) {
	c.shadow(100, 300)
	for i, x := range []float64{150, 250} {
		lean := float64(1-2*i) * 26
		c.line(x, 60, x+lean, 240, p.base, 7)
		c.line(x+lean*0.55, 160, x+lean, 240, steel, 5)
		c.line(x, 46, x+lean*0.14, 84, "#b98a52", 17)
		c.rect(x-11, 32, 22, 18, 8, ink)
		c.stroke(d("M$ 44q-26 22 -6 48", x-6), ink, 4)
		c.rect(x+lean*0.55-9, 152, 18, 15, 4, palette["ochre"])
		c.ellipse(x+lean*0.9, 222, 18, 6, ink)
	}
}

func drawGPS(c *canvas, p parameters) {
	c.shadow(130, 270)
	c.rect(132, 56, 136, 188, 26, p.base)
	c.rect(146, 72, 108, 128, 8, "#dfe6d3")
	c.fill("M146 142Q190 120 254 150V192q0 8 -8 8H154q-8 0 -8 -8z", "#b9d2dc")
	c.stroke("M156 190L186 160L204 164L218 118L240 92", palette["rust"], 6)
	c.circle(186, 160, 10, "#ffffff")
	c.ring(186, 160, 10, palette["green"], 5)
	c.circle(218, 118, 10, "#ffffff")
	c.ring(218, 118, 10, palette["green"], 5)
	c.fill("M240 78l9 22l-9 -5l-9 5z", palette["navy"])
	for _, x := range []float64{164, 200, 236} {
		c.rect(x-11, 214, 22, 12, 6, "#5d6a70")
	}
}

func drawPhoneMount(c *canvas, p parameters) {
	c.shadow(120, 280)
	c.line(64, 226, 336, 226, "#5d6a70", 15)
	c.rect(176, 200, 48, 46, 8, ink)
	c.rect(144, 46, 112, 172, 18, p.base)
	c.rect(152, 58, 96, 148, 8, "#cfe0e4")
	c.fill("M152 150Q200 120 248 140V198q0 8 -8 8H160q-8 0 -8 -8z", palette["sage"])
	c.stroke("M170 196Q180 150 204 148T230 90", cream, 6)
	c.circle(230, 88, 9, palette["rust"])
	c.stroke("M140 66L164 46M236 46L260 66M140 198L164 220M260 198L236 220", palette["teal"], 13)
}

func drawMap(c *canvas, p parameters) {
	c.shadow(66, 336)
	panels := []string{"M70 92L136 72V226L70 244z", "M136 72L202 92V244L136 226z", "M202 92L268 72V226L202 244z", "M268 72L334 92V244L268 226z"}
	for i, path := range panels {
		c.fill(path, []string{"#dce7cf", "#c9d9b8"}[i%2])
	}
	c.fill("M70 92L136 72L202 92L268 72L334 92V128Q290 140 250 126T170 138T70 132z", "#a9cbd8")
	c.stroke("M78 160L120 176L160 158L206 186L250 170L300 196L326 186", palette["rust"], 5)
	c.stroke("M120 176L132 220M250 170L244 218", "#b7925a", 4)
	for _, at := range [][2]float64{{120, 176}, {160, 158}, {206, 186}, {250, 170}, {300, 196}} {
		c.circle(at[0], at[1], 9, "#ffffff")
		c.ring(at[0], at[1], 9, p.base, 4)
	}
	c.fill("M180 112q12 -10 26 -4q-2 10 -26 4zM230 106q12 -8 22 -2q-4 8 -22 2zM130 112q10 -8 20 -4q-2 8 -20 4z", "#dce7cf")
}

func drawCompass(c *canvas, p parameters) {
	c.shadow(120, 280)
	c.rect(130, 44, 140, 200, 18, "#cfe0e4")
	c.rect(138, 52, 124, 184, 12, "#e9f2f3")
	c.stroke("M200 66v24M190 76l10 -12l10 12", p.base, 5)
	c.circle(200, 160, 62, ink)
	c.circle(200, 160, 50, cream)
	c.dashed("M156 160a44 44 0 1 0 88 0a44 44 0 1 0 -88 0", ink, 5, "2 9.5")
	c.within("rotate(24 200 160)", func() {
		c.fill("M200 116L210 160H190z", p.base)
		c.fill("M200 204L210 160H190z", "#6d7a80")
	})
	c.circle(200, 160, 6, ink)
	c.stroke("M262 60Q320 80 300 150T330 240", palette["ochre"], 5)
}

func drawPowerBank(c *canvas, p parameters) {
	c.shadow(130, 300)
	c.rect(138, 66, 116, 178, 22, p.base)
	c.rect(138, 66, 26, 178, 20, p.light)
	c.fill("M206 104l-30 50h22l-8 44l34 -56h-22z", cream)
	for i, x := range []float64{168, 186, 204, 222} {
		shade := glow
		if i == 3 {
			shade = p.dark
		}
		c.circle(x, 222, 5.5, shade)
	}
	c.rect(178, 58, 36, 12, 4, p.dark)
	c.stroke("M196 58C196 20 316 30 306 120S330 200 312 230", ink, 6)
	c.rect(300, 214, 22, 30, 5, "#48565c")
}

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

func drawMedKit(c *canvas, p parameters) {
	c.shadow(86, 326)
	c.stroke("M160 102C160 70 240 70 240 102", p.dark, 11)
	c.rect(88, 98, 224, 146, 20, p.base)
	c.rect(88, 160, 224, 8, 0, p.dark)
	c.circle(200, 166, 46, cream)
	c.rect(190, 138, 20, 56, 3, p.base)
	c.rect(172, 156, 56, 20, 3, p.base)
	c.within("rotate(-20 300 220)", func() {
		c.rect(262, 206, 84, 26, 13, "#e0b48a")
		c.rect(288, 206, 32, 26, 3, "#efd3b4")
	})
}

func drawCoolPouch(c *canvas, p parameters) {
	c.shadow(90, 320)
	c.rect(96, 108, 186, 134, 20, p.base)
	c.fill("M96 128q0 -20 20 -20h146q20 0 20 20v26q-93 26 -186 0z", p.dark)
	c.circle(189, 160, 10, cream)
	c.stroke("M189 182v44M170 193l38 22M208 193l-38 22", cream, 6)
	c.within("rotate(12 310 160)", func() {
		c.rect(296, 84, 26, 128, 10, palette["sky"])
		c.rect(296, 84, 26, 46, 10, palette["navy"])
		c.rect(302, 150, 14, 34, 3, cream)
		c.rect(302, 212, 14, 14, 3, steel)
	})
}

func drawStone(c *canvas, p parameters) {
	c.shadow(80, 330)
	c.fill("M96 226Q86 150 122 112Q170 80 232 92Q294 106 306 168Q314 220 296 236Q196 252 96 226z", p.base)
	c.fill("M122 112Q170 80 232 92Q200 100 160 124T106 190Q98 140 122 112z", p.light)
	c.stroke("M158 160h84M170 180h60", p.dark, 5)
	c.stroke("M200 212q-2 -18 0 -20", p.dark, 3)
	c.stroke("M318 242Q322 190 306 150M318 214q20 -6 22 -26M316 196q-16 -6 -20 -22", palette["moss"], 5)
	c.fill("M306 150q-16 -6 -14 -22q8 4 12 2q4 -10 10 -12q2 10 6 12q6 -2 10 0q-4 18 -24 20z", cream)
	c.circle(308, 138, 5, palette["ochre"])
}
