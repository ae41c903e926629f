// The site's own script, which tells Google Tag Manager of the basket as it did before.
window.dataLayer = window.dataLayer || [];
addEventListener("click", (event) => {
	if (event.target.id !== "add") return;
	dataLayer.push({ event: "add_to_cart", ecommerce: { items: [{ item_id: "monstera", item_name: "Monstera, 60 cm", price: 34 }] } });
});
