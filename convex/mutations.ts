/** Names of the contract whose functions live with their nouns. */
export { createIEP } from "./ieps";
