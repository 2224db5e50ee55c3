/**
 * Trellis's look on Mantine: teal like leaves in shade, warm greys, nothing louder than the data. The accessibility
 * changes (contrast of dimmed text, placeholders, links and errors; 24 px targets) hold for light and dark.
 */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const leaf: MantineColorsTuple = [
  "#eefaf6",
  "#d9f1e8",
  "#b0e3d1",
  "#83d3b8",
  "#5fc6a4",
  "#46b893",
  "#2f9c7a",
  "#1c7f62",
  "#0f6650",
  "#064d3c",
];

const stone: MantineColorsTuple = [
  "#f8f7f4",
  "#f0eeea",
  "#e3e0da",
  "#cdc9c1",
  "#b0aba2",
  "#8b867d",
  "#6b675f",
  "#524f48",
  "#383630",
  "#232220",
];

const night: MantineColorsTuple = [
  "#e9ecea",
  "#c9cfcc",
  "#a9b1ad",
  "#848d89",
  "#5c6561",
  "#404845",
  "#2d3432",
  "#232927",
  "#1a1f1e",
  "#121615",
];

export const theme = createTheme({
  primaryColor: "leaf",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  colors: { leaf, gray: stone, dark: night },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.625rem", lineHeight: "1.25" } } },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // As tall as before, and no larger in its words than the buttons beside it.
    Button: {
      vars: (_theme: unknown, { size }: { size?: unknown }) =>
        size === "compact-md"
          ? {
              root: {
                "--button-fz": "var(--mantine-font-size-sm)",
                "--button-padding-x": "0.75rem",
              },
            }
          : { root: {} },
    },
    Checkbox: { defaultProps: { size: "md" } },
    Radio: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
    Table: { defaultProps: { verticalSpacing: "xs" } },
    Modal: { defaultProps: { centered: true } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbfaf8",
    "--mantine-color-dimmed": "#5a564f",
    "--mantine-color-placeholder": "#6b675f",
    "--mantine-color-anchor": "#0f6650",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-default-border": "#8b867d",
    "--mantine-color-red-outline": "#a8201a",
    "--mantine-color-yellow-outline": "#8a5300",
    "--trellis-surface": "#ffffff",
    "--trellis-hover": "#f5f3ef",
    "--trellis-tint": "#d9f1e8",
    "--trellis-tint-text": "#064d3c",
    "--trellis-warm": "#fff3df",
    "--trellis-line": "#e3e0da",
    "--trellis-good": "#0f6650",
    "--trellis-watch": "#8a5300",
    "--trellis-late": "#a8201a",
    "--trellis-info": "#2b5797",
  },
  dark: {
    "--mantine-color-body": "#121615",
    "--mantine-color-dimmed": "#a9b1ad",
    "--mantine-color-placeholder": "#9aa39f",
    "--mantine-color-anchor": "#5fc6a4",
    "--mantine-color-error": "#ff9d94",
    "--mantine-color-default-border": "#6f7974",
    "--mantine-color-red-outline": "#ff9d94",
    "--mantine-color-yellow-outline": "#f0b866",
    "--trellis-surface": "#1a1f1e",
    "--trellis-hover": "#232927",
    "--trellis-tint": "#17392f",
    "--trellis-tint-text": "#b0e3d1",
    "--trellis-warm": "#3a2c12",
    "--trellis-line": "#2d3432",
    "--trellis-good": "#6fd0b0",
    "--trellis-watch": "#f0b866",
    "--trellis-late": "#ff9d94",
    "--trellis-info": "#9cc2f5",
  },
});
