/** The same keys with other words. */
export type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
