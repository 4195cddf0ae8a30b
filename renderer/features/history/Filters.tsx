import { ListFilter } from "lucide-react";
import { useState } from "react";
import { executionKindSchema, executionStatusSchema } from "../../../shared/model/execution";
import { useValue, useWorkbench } from "../../state/context";
import { isFiltered, NO_FILTER } from "../../state/history";
import { isScript } from "../../state/paths";
import { Button, Combobox, IconButton, SearchField, Select } from "../../ui";
import { KIND_WORDS, STATUS_WORDS } from "./words";

const ANY = "any";

/** Narrows the list by text, script, template, status and kind. */
export function Filters() {
  const { history, files, templates } = useWorkbench();
  const filter = useValue(history.store, (state) => state.filter);
  const all = useValue(files.store, (state) => state.all);
  const entries = useValue(templates.store, (state) => state.templates);
  const seen = useValue(history.store, (state) => state.executions);
  const [isOpen, setOpen] = useState(false);
  const more = isFiltered({ ...filter, text: "" });
  const isShown = isOpen || more;
  const names = [
    ...new Set([
      ...entries.map((entry) => entry.name),
      ...seen.flatMap((execution) => execution.templateName ?? []),
    ]),
  ].sort();
  const paths = [
    ...new Set([...all.filter(isScript), ...seen.flatMap((execution) => execution.path ?? [])]),
  ].sort();
  const statuses = executionStatusSchema.options.map((value) => ({
    value,
    label: STATUS_WORDS[value].words,
  }));
  const kinds = executionKindSchema.options.map((value) => ({ value, label: KIND_WORDS[value] }));
  return (
    <div className="history-filters" role="search" aria-label="Filter executions">
      <div className="history-filter-row">
        <SearchField
          label="Search executions"
          value={filter.text}
          onChange={(text) => history.setFilter({ text })}
          className="history-search"
        />
        <IconButton
          label="More filters"
          pressed={isShown}
          icon={<ListFilter aria-hidden />}
          onClick={() => (more ? history.setFilter({ ...NO_FILTER, text: filter.text }) : setOpen(!isOpen))}
        />
      </div>
      {isShown && (
        <div className="history-filter-more">
          <Combobox
            label="Filter by script"
            value={filter.path ?? ANY}
            options={[
              { value: ANY, label: "Any script" },
              ...paths.map((path) => ({ value: path, label: path, isPath: true })),
            ]}
            onChange={(path) => history.setFilter({ path: path === ANY ? undefined : path })}
          />
          <Combobox
            label="Filter by template"
            value={filter.template ?? ANY}
            options={[
              { value: ANY, label: "Any template" },
              ...names.map((name) => ({ value: name, label: name })),
            ]}
            onChange={(template) => history.setFilter({ template: template === ANY ? undefined : template })}
          />
          <Select
            label="Filter by status"
            value={filter.status ?? ANY}
            options={[{ value: ANY, label: "Any status" }, ...statuses]}
            onChange={(status) => history.setFilter({ status: status === ANY ? undefined : status })}
          />
          <Select
            label="Filter by kind"
            value={filter.kind ?? ANY}
            options={[{ value: ANY, label: "Any kind" }, ...kinds]}
            onChange={(kind) => history.setFilter({ kind: kind === ANY ? undefined : kind })}
          />
          {isFiltered(filter) && (
            <Button size="small" variant="quiet" onClick={history.clearFilter}>
              Clear the filters
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
