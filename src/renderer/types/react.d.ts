import 'react';

declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }

  interface InputHTMLAttributes<T> {
    /** A file dialog that chooses a whole folder. */
    webkitdirectory?: string;
  }
}
