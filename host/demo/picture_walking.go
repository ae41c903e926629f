package demo

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
