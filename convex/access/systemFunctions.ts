/** Builders of internal functions: nobody calls them from outside, and they see every tenant. Grep for `system`. */
export {
  internalAction as systemAction,
  internalMutation as systemMutation,
  internalQuery as systemQuery,
} from "../_generated/server";
