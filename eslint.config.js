import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/_generated/**",
      "**/node_modules/**",
      "coverage/**",
      "dist/**",
      ".data/**",
      "**/*.js",
      "**/*.mjs",
    ],
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({
    ...config,
    files: ["**/*.{ts,tsx}"],
  })),
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Tests say what they expect of a value by comparing it, and old APIs of the official clients must work, too.
    files: ["**/*.test.{ts,tsx}", "embedded/sync/testServer.ts"],
    rules: {
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-deprecated": "off",
    },
  },
  {
    // The fixture's functions take and return `v.any()` on purpose: the server, not the compiler, must refuse.
    files: [
      "embedded/testing/fixture/**/*.ts",
      "embedded/testing/clients/**",
      "embedded/conformance/embeddedDeployment.ts",
    ],
    rules: {
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-deprecated": "off",
    },
  },
  {
    files: ["embedded/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(\\.\\./)+(convex|src)/",
              message:
                "The embedded server knows nothing of the product: it meets it only through the official CLI and clients.",
            },
          ],
        },
      ],
    },
  },
);
