import convex from "@convex-dev/eslint-plugin";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** A layer never imports these; the message says what to do instead. */
const never = (regex, message) => ({ regex, message });
const restricted = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });
const SERVER_ROOMS = never(
  "\\./convex/(?!_generated/(api|dataModel)$|domain/|editor/)",
  "The client knows the server's rules (domain), its documents (editor) and the generated API, nothing else.",
);

export default tseslint.config(
  {
    ignores: [
      "**/_generated/**",
      "src/routeTree.gen.ts",
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
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, argsIgnorePattern: "^_" },
      ],
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
  {
    files: ["convex/**/*.ts"],
    plugins: convex.configs.recommended[0].plugins,
    rules: {
      "@convex-dev/no-filter-in-query": "error",
      "@convex-dev/explicit-table-ids": "error",
      "@convex-dev/import-wrong-runtime": "error",
    },
  },
  {
    // Public functions are built in one folder, where no one can forget who is asking.
    files: ["convex/**/*.ts"],
    ignores: ["convex/access/**"],
    rules: {
      ...restricted(
        never(
          "_generated/server$",
          "Functions are built from access/functions and access/systemFunctions; types of contexts may be imported as types only in model/ and jobs/.",
        ),
      ),
    },
  },
  {
    files: ["convex/model/**/*.ts", "convex/jobs/**/*.ts", "convex/testing/**/*.ts"],
    rules: {
      "no-restricted-imports": "off",
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "_generated/server$",
              allowTypeImports: true,
              message: "Functions are built from access/functions and access/systemFunctions.",
            },
          ],
        },
      ],
    },
  },
  {
    // Every function that is built says what it takes, what it returns and who may.
    files: ["convex/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...["args", "returns", "access"].map((property) => ({
          selector: `CallExpression[callee.name=/^(?!system).*(Query|Mutation)$/] > ObjectExpression.arguments:not(:has(> Property[key.name='${property}']))`,
          message: `A public function says its ${property}.`,
        })),
      ],
    },
  },
  {
    files: ["convex/domain/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      ...restricted(
        never(
          "^(convex|convex-helpers|react|zod)(/|$)|_generated|(^|/)(access/(?!matrix)|model|tables|jobs)/",
          "Domain rules import domain rules and nothing else.",
        ),
      ),
      "no-restricted-globals": [
        "error",
        ...["fetch", "process", "window", "document", "crypto", "localStorage"].map((name) => ({
          name,
          message: "A domain rule gets everything as an argument.",
        })),
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "A domain rule reads no clock: today is an argument.",
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: "A domain rule reads no clock: today is an argument.",
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: "A domain rule is not random.",
        },
      ],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      ...restricted(SERVER_ROOMS),
    },
  },
  {
    files: ["src/features/**/*.{ts,tsx}"],
    rules: restricted(
      SERVER_ROOMS,
      never("^\\.\\./(?!\\.\\./)", "A feature never imports another feature: routes compose them."),
      never("/routes/", "Routes import features, not the other way round."),
    ),
  },
  {
    files: ["src/ui/**/*.{ts,tsx}"],
    rules: restricted(
      never("\\./convex/|/features/|/routes/", "The design system knows no domain word."),
    ),
  },
  {
    files: ["src/lib/**/*.{ts,tsx}"],
    rules: restricted(SERVER_ROOMS, never("/features/|/routes/", "lib/ serves the features.")),
  },
  {
    files: ["e2e/**/*.ts"],
    rules: restricted(
      never("\\./(convex|src|embedded)/", "Stories use the browser, as a person does."),
    ),
  },
);
