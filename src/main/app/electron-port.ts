import type {
  App,
  BaseWindow,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  CustomScheme,
  Dialog,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  NativeTheme,
  Notification,
  NotificationConstructorOptions,
  OpenDialogOptions,
  OpenDialogReturnValue,
  PowerSaveBlocker,
  SaveDialogOptions,
  SaveDialogReturnValue,
  Session,
  WebContents,
  WebFrameMain,
} from 'electron';
import type { UtilityLauncher } from '../jobs/ports/utility-process.ts';

/**
 * All that the app uses of Electron, and nothing else: what is absent here (`shell`, `crashReporter`, `net`, switches of the
 * command line, protocol clients) cannot be called. `index.ts` gives the real module as this type and the tests give a fake
 * as the same type, so that the compiler holds both against electron.d.ts.
 */
export interface ElectronPort {
  readonly app: AppPort;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => WindowPort;
  readonly dialog: DialogPort;
  readonly ipcMain: IpcPort;
  readonly Menu: MenuPort;
  readonly nativeTheme: ThemePort;
  readonly Notification: NotificationsPort;
  readonly powerSaveBlocker: PowerPort;
  readonly protocol: { registerSchemesAsPrivileged(schemes: CustomScheme[]): void };
  /** Read after `ready` only: before, Electron throws. */
  readonly session: { readonly defaultSession: SessionPort };
  readonly utilityProcess: UtilityLauncher;
}

export interface Preventable {
  preventDefault(): void;
}

export interface AppPort
  extends Pick<
    App,
    | 'addRecentDocument'
    | 'clearRecentDocuments'
    | 'enableSandbox'
    | 'exit'
    | 'isPackaged'
    | 'quit'
    | 'requestSingleInstanceLock'
    | 'setAboutPanelOptions'
    | 'setPath'
    | 'whenReady'
  > {
  readonly on: {
    (
      event: 'second-instance',
      listener: (event: Preventable, argv: string[], cwd: string, additionalData: unknown) => void,
    ): unknown;
    (event: 'open-file', listener: (event: Preventable, path: string) => void): unknown;
    (event: 'web-contents-created', listener: (event: Preventable, contents: ContentsPort) => void): unknown;
    (
      event: 'certificate-error',
      listener: (
        event: Preventable,
        contents: unknown,
        url: string,
        error: string,
        certificate: unknown,
        callback: (isTrusted: boolean) => void,
      ) => void,
    ): unknown;
    (event: 'activate', listener: () => void): unknown;
  };
}

/** A frame of a page. Reading one that is gone throws. */
export interface FramePort extends Pick<WebFrameMain, 'origin' | 'url' | 'detached' | 'isDestroyed'> {
  readonly parent: FramePort | null;
}

export interface ContentsPort extends Pick<WebContents, 'send' | 'isDestroyed' | 'reload'> {
  readonly mainFrame: FramePort;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
  readonly on: {
    (event: 'will-navigate', listener: (event: Preventable) => void): unknown;
    (event: 'will-frame-navigate', listener: (event: Preventable) => void): unknown;
    (event: 'will-redirect', listener: (event: Preventable) => void): unknown;
    (event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
    (event: 'did-finish-load', listener: () => void): unknown;
    (event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
  };
}

/** What dialogs need of a window. */
export interface BaseWindowPort
  extends Pick<
    BaseWindow,
    | 'destroy'
    | 'focus'
    | 'hide'
    | 'isDestroyed'
    | 'isFocused'
    | 'isMinimized'
    | 'minimize'
    | 'restore'
    | 'setBackgroundColor'
    | 'setProgressBar'
    | 'show'
  > {}

export interface WindowPort extends BaseWindowPort, Pick<BrowserWindow, 'loadURL'> {
  readonly webContents: ContentsPort;
  readonly on: {
    (event: 'close', listener: (event: Preventable) => void): unknown;
    (event: 'page-title-updated', listener: (event: Preventable) => void): unknown;
    (event: 'ready-to-show', listener: () => void): unknown;
  };
}

export interface DialogPort extends Pick<Dialog, 'showErrorBox'> {
  showMessageBox(window: BaseWindowPort, options: MessageBoxOptions): Promise<MessageBoxReturnValue>;
  showOpenDialog(window: BaseWindowPort, options: OpenDialogOptions): Promise<OpenDialogReturnValue>;
  showSaveDialog(window: BaseWindowPort, options: SaveDialogOptions): Promise<SaveDialogReturnValue>;
}

export interface IpcPort {
  handle(
    channel: string,
    listener: (event: { readonly senderFrame: FramePort | null }, ...values: unknown[]) => unknown,
  ): void;
}

/** An item of ours: what Electron hands to `click` is not used. */
export interface MenuItem extends Omit<MenuItemConstructorOptions, 'click' | 'submenu'> {
  click?: () => void;
  submenu?: MenuItem[];
}

export interface MenuPort {
  buildFromTemplate(template: MenuItem[]): object;
  setApplicationMenu(menu: object | null): void;
}

export interface ThemePort extends Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  readonly on: (event: 'updated', listener: () => void) => unknown;
}

export interface NotificationPort extends Pick<Notification, 'show'> {
  readonly on: (event: 'click', listener: () => void) => unknown;
}

export interface NotificationsPort {
  new (options: NotificationConstructorOptions): NotificationPort;
  isSupported(): boolean;
}

export interface PowerPort extends Pick<PowerSaveBlocker, 'start' | 'stop'> {}

export interface SessionPort extends Pick<Session, 'setSpellCheckerEnabled'> {
  readonly protocol: { handle(scheme: string, handler: (request: Request) => Response): void };
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { readonly url: string }, callback: (response: { cancel: boolean }) => void) => void,
    ): void;
  };
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  readonly on: (event: 'will-download', listener: (event: Preventable) => void) => unknown;
}
