// Elements of the page: finding those that index.html has, making others.

/**
 * The element of index.html with this id.
 * @type {(id: string) => HTMLElement}
 */
export const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * The field of index.html with this id.
 * @type {(id: string) => HTMLInputElement}
 */
export const field = (id) => /** @type {HTMLInputElement} */ ($(id));

/**
 * Makes an element with these properties and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * A text whose direction does not disturb what stands around it.
 * @type {(text: string, properties?: Partial<HTMLElement>) => HTMLElement}
 */
export const apart = (text, properties = {}) => made("bdi", { textContent: text, ...properties });

/**
 * Where an event happened, as an element.
 * @type {(event: Event) => HTMLElement}
 */
export const at = (event) => /** @type {HTMLElement} */ (event.target instanceof Element ? event.target : document.documentElement);

/**
 * What the first of the elements around `element` that match `selector` is, if any.
 * @type {(element: Element, selector: string) => HTMLElement | null}
 */
export const around = (element, selector) => element.closest(selector);
