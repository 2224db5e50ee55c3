// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { useDraft } from "./drafts";
import { FormDialog } from "./FormDialog";
import { startI18n } from "./i18n";

beforeAll(async () => {
  // What jsdom lacks of a browser.
  window.matchMedia = (media) =>
    ({ matches: false, media, addEventListener() {}, removeEventListener() {} }) as never;
  await startI18n("en");
});
afterEach(() => {
  cleanup();
  localStorage.clear();
});

const save = vi.fn(() => Promise.resolve());

function Dialog() {
  const [words, setWords, draft] = useDraft("dialog", "");
  return (
    <FormDialog
      title="Why"
      submitLabel="Send"
      done="Sent"
      check={() => []}
      save={save}
      onClose={() => undefined}
      draft={draft}
    >
      {() => (
        <input
          aria-label="Words"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}

const open = () =>
  render(
    <MantineProvider env="test">
      <Dialog />
    </MantineProvider>,
  );
const words = () => screen.getByLabelText<HTMLInputElement>("Words");
const type = (value: string) => fireEvent.change(words(), { target: { value } });

test("what was typed in a dialog outlives it: a session that ends closes every dialog", () => {
  const first = open();
  type("שירה 🌿");
  first.unmount();
  open();
  expect(words().value).toBe("שירה 🌿");
});

test("it is gone once it is cancelled", () => {
  const first = open();
  type("No");
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  first.unmount();
  open();
  expect(words().value).toBe("");
});

test("it is gone once it is saved, which a double click does once", async () => {
  const first = open();
  type("Yes");
  const send = screen.getByRole("button", { name: "Send" });
  fireEvent.click(send);
  fireEvent.click(send);
  await vi.waitFor(() => expect(words().value).toBe(""));
  expect(save).toHaveBeenCalledTimes(1);
  first.unmount();
  open();
  expect(words().value).toBe("");
});
