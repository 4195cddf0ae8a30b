import "./pathText.css";

/** A path on one line. Where there is no room for all of it the folders are cut, and the name stays readable. */
export function PathText({ path }: { path: string }) {
  const cut = Math.max(0, path.lastIndexOf("/"));
  return (
    <span className="ui-path">
      {cut > 0 && <span className="ui-path-folder">{path.slice(0, cut)}</span>}
      <span className="ui-path-name">{path.slice(cut)}</span>
    </span>
  );
}
