import { appMenu } from './app.ts';
import { editMenu } from './edit.ts';
import { fileMenu } from './file.ts';
import { helpMenu } from './help.ts';
import type { Menu } from './menu-context.ts';
import { modelMenu } from './model.ts';
import { runMenu } from './run.ts';
import { scanMenu } from './scan.ts';
import { viewMenu } from './view.ts';
import { windowMenu } from './window.ts';

/** The bar, from left to right. */
export const menus: readonly Menu[] = [
  appMenu,
  fileMenu,
  editMenu,
  viewMenu,
  scanMenu,
  modelMenu,
  runMenu,
  windowMenu,
  helpMenu,
];
