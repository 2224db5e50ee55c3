import { SegmentedControl, type SegmentedControlProps } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";

/** One of a few; one below the other on a phone, where their words do not fit beside each other. */
export function Segments<Value extends string>(props: SegmentedControlProps<Value>) {
  const narrow = useMediaQuery("(max-width: 30em)");
  return <SegmentedControl<Value> {...props} orientation={narrow ? "vertical" : "horizontal"} />;
}
