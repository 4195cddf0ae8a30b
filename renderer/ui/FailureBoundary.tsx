import { CircleX } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import { EmptyState } from "./Parts";

interface FailureBoundaryProps {
  /** What stands inside, as a sentence's subject: "The Console". */
  name: string;
  /** What else can be done, beside showing it again. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * Keeps a failure of the page's own code where it happened: what failed says so and can be shown again, and the rest of
 * the window works on. Without one, React takes the whole window away. Give it a `key` where what stands inside changes.
 */
export class FailureBoundary extends Component<FailureBoundaryProps, { failure: Error | undefined }> {
  override state: { failure: Error | undefined } = { failure: undefined };

  static getDerivedStateFromError(thrown: unknown) {
    return { failure: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render() {
    const { name, actions, children } = this.props;
    const { failure } = this.state;
    if (failure === undefined) return children;
    return (
      <div role="alert" className="ui-failure">
        <EmptyState
          icon={<CircleX size={22} aria-hidden />}
          title={`${name} could not be shown`}
          actions={
            <>
              {actions}
              <Button variant="primary" onClick={() => this.setState({ failure: undefined })}>
                Show it again
              </Button>
            </>
          }
        >
          <p>This is a fault of the application, not of your script. Nothing of your work is lost.</p>
          <p className="mono selectable">{failure.message}</p>
        </EmptyState>
      </div>
    );
  }
}
