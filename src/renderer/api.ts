/** The core as the page sees it. */
export type {
  AppState,
  Batch,
  Cell,
  Channel,
  Column,
  Command,
  Comparison,
  Dataset,
  DatasetImage,
  EpochRow,
  Examination,
  Honesty,
  ImageRef,
  Input,
  Job,
  MadeFile,
  Model,
  Output,
  Push,
  Review,
  Row,
  RowFilter,
  RowSort,
  Run,
  RunRow,
  ScanRow,
  Sweep,
  SweepCandidate,
  View,
} from '../main/ipc/contract.ts';
export { ApiError, toApiError } from './transport/api-error.ts';
export { call } from './transport/call.ts';
export { useConnection, usePush } from './transport/pushes.ts';
export { receiveFile } from './transport/receive-file.ts';
export type { Connection } from './transport/transport.ts';
export { type UploadFile, upload } from './transport/upload.ts';
export { type Action, useAction } from './transport/use-action.ts';
export { type Answer, useCall } from './transport/use-call.ts';
