import { z } from 'zod';
import { call, done, idSchema, nothing, pathSchema } from './call.ts';

export const workspaceSchema = z.object({
  /** Absolute path of the folder. */
  root: z.string(),
  name: z.string(),
  /** The one that is made by itself in the user's data folder. */
  isDefault: z.boolean(),
});

export const appStateSchema = z.object({
  version: z.string(),
  /** How the page reaches the core. */
  transport: z.enum(['app', 'browser']),
  workspace: workspaceSchema,
  /** Nothing was classified, ingested or trained yet and the notice was not accepted. */
  firstRun: z.boolean(),
  /** Model that Classify starts with. */
  defaultModel: z.string(),
  /** A dialog of the system can pick folders (`folders/pick`). */
  canPickFolders: z.boolean(),
  /** Files can be sent into the core (browser only). */
  canUpload: z.boolean(),
  /** Other workspaces can be opened (not when the operator of `serve` named one). */
  canSwitchWorkspace: z.boolean(),
  /** Name of the login on this machine: first guess for the reader. Empty where it is not known. */
  login: z.string(),
});
export type AppState = z.infer<typeof appStateSchema>;

export const folderEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file', 'workspace']),
});

export const appCalls = {
  'app/state': call(nothing, appStateSchema),
  /** The research-use notice was read: the first-run page is not shown again. */
  'app/accept-notice': call(nothing, done),
  /** Colours of the window's frame, menus and dialogs. The page keeps the choice itself. */
  'app/theme': call(z.strictObject({ theme: z.enum(['dark', 'light', 'system']) }), done),
  'app/licences': call(
    nothing,
    z.object({
      /** Licence of the program. */
      own: z.string(),
      packages: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() })),
    }),
  ),
  'workspace/recent': call(nothing, z.object({ workspaces: z.array(workspaceSchema) })),
  /** Refused (`workspace/jobs-running`) while a job is queued or runs. */
  'workspace/open': call(z.strictObject({ path: pathSchema }), z.object({ workspace: workspaceSchema })),
  'workspace/create': call(
    z.strictObject({ path: pathSchema, description: z.string().trim().min(1).max(300).optional() }),
    z.object({ workspace: workspaceSchema }),
  ),
  'workspace/forget-recent': call(nothing, done),
  /** A dialog of the system; null when it was closed without a choice. */
  'folders/pick': call(
    z.strictObject({ purpose: z.enum(['scans', 'dataset', 'model', 'workspace', 'bundle']) }),
    z.object({ path: z.string().nullable() }),
  ),
  /** Folders below what the operator allowed; `path` null lists the allowed roots. */
  'folders/list': call(
    z.strictObject({ path: pathSchema.nullable() }),
    z.object({
      path: z.string().nullable(),
      /** Folder above, null at a root. */
      parent: z.string().nullable(),
      entries: z.array(folderEntrySchema),
      /** More entries than are listed. */
      cut: z.boolean(),
    }),
  ),
  /** A place for files that the page sends with `PUT /upload/<id>?name=<relative path>`; browser only. */
  'uploads/begin': call(nothing, z.object({ upload: idSchema })),
  /** The files are there; `path` is what jobs take as their folder. */
  'uploads/finish': call(z.strictObject({ upload: idSchema }), z.object({ path: z.string(), files: z.int() })),
};
