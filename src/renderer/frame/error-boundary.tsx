import { Component, type ReactNode } from 'react';
import { ErrorNotice } from '../components/feedback/error-notice.tsx';

interface BoundaryProps {
  /** Another place: what failed at the one before is tried afresh. */
  readonly place: string;
  readonly children: ReactNode;
}

/** A fault of one screen leaves the others usable. */
export class ErrorBoundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('nothing') };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.place !== this.props.place && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div className="h-broken">
        <ErrorNotice
          title="This part of the page has failed"
          error={error}
          onRetry={() => this.setState({ error: undefined })}
        />
      </div>
    );
  }
}
