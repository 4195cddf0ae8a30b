import { formatKeys } from "./keys";

/** A keyboard shortcut as key caps: `Mod+Enter` reads `⌘ ↵` on a Mac and `Ctrl Enter` elsewhere. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="ui-kbd">
      {formatKeys(keys).map((key, index) => (
        <span key={index}>{key}</span>
      ))}
    </kbd>
  );
}
