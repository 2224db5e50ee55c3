// Before the first paint, so that nobody in the dark is dazzled; a file, since the page's policy allows no inline script.
{
  const chosen = localStorage.getItem("mantine-color-scheme-value");
  const dark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
}
