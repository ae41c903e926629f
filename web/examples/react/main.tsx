import { StrictMode, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { productAt, products } from "../products.js";
import { currentPath, subscribe } from "../router.js";
import { Inspiration } from "./suggestions.js";

function App() {
	const path = useSyncExternalStore(subscribe, currentPath);
	const product = productAt(path);
	return (
		<>
			<nav><ul>{products.map((p) => <li key={p.id}><a href={p.url}>{p.title}</a></li>)}</ul></nav>
			<main>
				<h1>{product?.title ?? "Plants"}</h1>
				{product && <>
					<p>{product.price} <button type="button" data-nabij="basket-add" data-nabij-item={product.id}>Add to basket</button></p>
					<h2>Related</h2>
					{/* A page of its own for each path: the key makes a new element, which fills itself. */}
					<nabij-suggestions key={path} slot-name="related" />
				</>}
				<h2>Have a look</h2>
				<Inspiration item={product?.id} />
			</main>
		</>
	);
}

createRoot(document.getElementById("app")!).render(<StrictMode><App /></StrictMode>);
