/** Something that the person at the terminal can do something about: its message is a sentence, shown without a stack. */
export class Problem extends Error {}
