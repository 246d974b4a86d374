import { createContext, useContext } from 'react';

/** What a field tells the control inside it. */
export interface FieldContext {
  readonly controlId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

export const fieldContext = createContext<FieldContext | null>(null);

/** Attributes that tie a control to its field; `label` where it stands alone. */
export function useControl(label: string | undefined, ownDescription?: string) {
  const field = useContext(fieldContext);
  const describedBy = [field?.describedBy, ownDescription].filter((id) => id !== undefined).join(' ');
  return {
    id: field?.controlId,
    'aria-label': label,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    'aria-invalid': field?.invalid === true ? true : undefined,
  };
}
