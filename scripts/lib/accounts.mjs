// The demo accounts, as the deployment itself lists them.

/**
 * @typedef {object} DemoAccounts
 * @property {string} password the same for all
 * @property {{ name: string, email: string, role: string, organizationName: string }[]} accounts
 */

/**
 * @param {DemoAccounts} demo
 * @returns {string} a table for the terminal
 */
export function accountsTable({ password, accounts }) {
  const rows = accounts.map(({ name, email, role, organizationName }) => [
    ...[name, email, role, organizationName],
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  return [`Demo accounts, all with the password ${password}:`, ...lines].join("\n");
}
