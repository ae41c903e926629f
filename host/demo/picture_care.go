package demo

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
