/** The mark: something that grows on a support. */
export function Mark({ size = 32 }: { size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
