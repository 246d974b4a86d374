import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  ForkOptions,
  MessageBoxOptions,
  NotificationConstructorOptions,
  OpenDialogOptions,
  SaveDialogOptions,
} from 'electron';
import type {
  BaseWindowPort,
  ContentsPort,
  ElectronPort,
  FramePort,
  MenuItem,
  Preventable,
  SessionPort,
  ThemePort,
  WindowPort,
} from '../../../src/main/app/electron-port.ts';
import type { UtilityChild } from '../../../src/main/jobs/ports/utility-process.ts';

/** An event that remembers whether it was refused. */
export class FakeEvent implements Preventable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export class FakeFrame implements FramePort {
  origin: string;
  url: string;
  parent: FramePort | null = null;
  detached = false;
  isGone = false;
  constructor(url = 'app://bundle/index.html', origin = 'app://bundle') {
    this.url = url;
    this.origin = origin;
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
}

export class FakeContents extends EventEmitter implements ContentsPort {
  mainFrame: FramePort = new FakeFrame();
  readonly sent: { channel: string; values: unknown[] }[] = [];
  openWindow: ((details: { url: string }) => { action: 'deny' }) | undefined;
  reloads = 0;
  isGone = false;
  send(channel: string, ...values: unknown[]): void {
    this.sent.push({ channel, values });
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  reload(): void {
    this.reloads++;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void {
    this.openWindow = handler;
  }
}

export class FakeWindow extends EventEmitter implements WindowPort {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  readonly did: string[] = [];
  readonly loaded: string[] = [];
  readonly bars: number[] = [];
  backgrounds: string[] = [];
  hasFocus = true;
  isSmall = false;
  isGone = false;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  destroy(): void {
    this.did.push('destroy');
    this.isGone = true;
  }
  focus(): void {
    this.did.push('focus');
  }
  hide(): void {
    this.did.push('hide');
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  isFocused(): boolean {
    return this.hasFocus;
  }
  isMinimized(): boolean {
    return this.isSmall;
  }
  minimize(): void {
    this.did.push('minimize');
    this.isSmall = true;
  }
  restore(): void {
    this.did.push('restore');
    this.isSmall = false;
  }
  setBackgroundColor(colour: string): void {
    this.backgrounds.push(colour);
  }
  setProgressBar(progress: number): void {
    this.bars.push(progress);
  }
  show(): void {
    this.did.push('show');
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
}

type Handler<K extends keyof SessionPort> = SessionPort[K] extends (handler: infer H) => void ? H : never;

export class FakeSession extends EventEmitter implements SessionPort {
  page: ((request: Request) => Response) | undefined;
  beforeRequest: Parameters<SessionPort['webRequest']['onBeforeRequest']>[0] | undefined;
  permissionRequest: Handler<'setPermissionRequestHandler'> | undefined;
  permissionCheck: (() => boolean) | undefined;
  devicePermission: (() => boolean) | undefined;
  spellChecker: boolean | undefined;
  private readonly log: string[];
  readonly protocol: SessionPort['protocol'] = {
    handle: (scheme, handler) => {
      this.log.push(`protocol.handle ${scheme}`);
      this.page = handler;
    },
  };
  readonly webRequest: SessionPort['webRequest'] = {
    onBeforeRequest: (listener) => {
      this.log.push('onBeforeRequest');
      this.beforeRequest = listener;
    },
  };
  constructor(log: string[]) {
    super();
    this.log = log;
  }
  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.log.push('setPermissionRequestHandler');
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
}

class FakeApp extends EventEmitter {
  isPackaged = true;
  hasLock = true;
  lockData: Record<string, unknown> | undefined;
  readonly exits: (number | undefined)[] = [];
  quits = 0;
  readonly paths: Record<string, string> = {};
  readonly recent: string[] = [];
  about: unknown;
  /** Resolves `whenReady`. */
  getReady: () => void = () => undefined;
  private readonly ready: Promise<void>;
  private readonly log: string[];
  constructor(log: string[]) {
    super();
    this.log = log;
    this.on('newListener', (event) => log.push(`app.on ${String(event)}`));
    this.ready = new Promise((resolve) => {
      this.getReady = () => {
        log.push('ready');
        resolve();
      };
    });
  }
  addRecentDocument(path: string): void {
    this.recent.push(path);
  }
  clearRecentDocuments(): void {
    this.recent.length = 0;
  }
  enableSandbox(): void {
    this.log.push('enableSandbox');
  }
  exit(code?: number): void {
    this.log.push(`exit ${code}`);
    this.exits.push(code);
  }
  quit(): void {
    this.quits++;
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.log.push('requestSingleInstanceLock');
    this.lockData = data;
    return this.hasLock;
  }
  setAboutPanelOptions(options: unknown): void {
    this.about = options;
  }
  setPath(name: string, path: string): void {
    this.log.push(`setPath ${name}`);
    this.paths[name] = path;
  }
  whenReady(): Promise<void> {
    return this.ready;
  }
}

class FakeDialog {
  /** Index of the button that the user presses. */
  answer: number | Promise<number> = 0;
  folder: string | undefined;
  file: string | undefined;
  readonly questions: MessageBoxOptions[] = [];
  readonly opened: OpenDialogOptions[] = [];
  readonly saved: SaveDialogOptions[] = [];
  readonly errors: { title: string; content: string }[] = [];
  showErrorBox(title: string, content: string): void {
    this.errors.push({ title, content });
  }
  async showMessageBox(_window: BaseWindowPort, options: MessageBoxOptions) {
    this.questions.push(options);
    return { response: await this.answer, checkboxChecked: false };
  }
  async showOpenDialog(_window: BaseWindowPort, options: OpenDialogOptions) {
    this.opened.push(options);
    return { canceled: this.folder === undefined, filePaths: this.folder === undefined ? [] : [this.folder] };
  }
  async showSaveDialog(_window: BaseWindowPort, options: SaveDialogOptions) {
    this.saved.push(options);
    return { canceled: this.file === undefined, filePath: this.file ?? '' };
  }
}

class FakeTheme extends EventEmitter implements ThemePort {
  themeSource: ThemePort['themeSource'] = 'system';
  get shouldUseDarkColors(): boolean {
    return this.themeSource !== 'light';
  }
}

export class FakeNotification extends EventEmitter {
  static readonly shown: FakeNotification[] = [];
  static isSupported(): boolean {
    return true;
  }
  readonly options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    FakeNotification.shown.push(this);
  }
}

export class FakeUtility extends EventEmitter implements UtilityChild {
  pid: number | undefined = 4242;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly posted: unknown[] = [];
  kills = 0;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.kills++;
    return true;
  }
}

type IpcListener = (event: { senderFrame: FramePort | null }, ...values: unknown[]) => unknown;

/** What a test sees and turns of Electron. `log`: what was called, in order. */
export class FakeElectron {
  readonly log: string[] = [];
  readonly app = new FakeApp(this.log);
  readonly dialog = new FakeDialog();
  readonly session_ = new FakeSession(this.log);
  readonly windows: FakeWindow[] = [];
  readonly handlers = new Map<string, IpcListener>();
  readonly schemes: CustomScheme[] = [];
  readonly menus: MenuItem[][] = [];
  readonly blockers = new Set<number>();
  readonly blockerKinds: string[] = [];
  readonly forks: { script: string; args: string[]; options: ForkOptions; child: FakeUtility }[] = [];
  readonly nativeTheme = new FakeTheme();

  /** The same as the port: the compiler checks that the fake can do what the app asks. */
  readonly port: ElectronPort = this.createPort();

  get window(): FakeWindow {
    const window = this.windows[0];
    if (window === undefined) throw new Error('no window was opened');
    return window;
  }

  get menu(): MenuItem[] {
    return this.menus.at(-1) ?? [];
  }

  /** A call of the page. */
  call(
    channel: string,
    input?: unknown,
    frame: FramePort | null = this.window.webContents.mainFrame,
  ): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (handler === undefined) throw new Error(`nobody answers ${channel}`);
    return Promise.resolve(handler({ senderFrame: frame }, input));
  }

  private createPort(): ElectronPort {
    const { app, dialog, log, nativeTheme } = this;
    const { windows, session_, handlers, schemes, menus, blockers, blockerKinds, forks } = this;
    let nextBlocker = 1;
    return {
      app,
      dialog,
      nativeTheme,
      Notification: FakeNotification,
      BrowserWindow: class extends FakeWindow {
        constructor(options: BrowserWindowConstructorOptions) {
          super(options);
          log.push('new BrowserWindow');
          windows.push(this);
          app.emit('web-contents-created', new FakeEvent(), this.webContents);
        }
      },
      ipcMain: { handle: (channel, listener) => void handlers.set(channel, listener) },
      Menu: {
        buildFromTemplate: (template) => template,
        setApplicationMenu: (menu) => void menus.push(Array.isArray(menu) ? menu : []),
      },
      powerSaveBlocker: {
        start: (kind) => {
          blockerKinds.push(kind);
          blockers.add(nextBlocker);
          return nextBlocker++;
        },
        stop: (id) => blockers.delete(id),
      },
      protocol: {
        registerSchemesAsPrivileged: (given) => {
          log.push('registerSchemesAsPrivileged');
          schemes.push(...given);
        },
      },
      session: {
        get defaultSession() {
          if (!log.includes('ready')) throw new Error('Session can only be received when app is ready');
          return session_;
        },
      },
      utilityProcess: {
        fork: (script, args, options) => {
          const child = new FakeUtility();
          forks.push({ script, args, options, child });
          return child;
        },
      },
    };
  }
}
