import { bank } from "./bank";

/** Words of what opens later: loaded with it. */
export const en = { bank };
