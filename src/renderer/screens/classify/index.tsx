import { useRoute } from '../../stores/route.ts';
import { BatchScreen } from './batch/batch-screen.tsx';
import { StartScreen } from './start/start-screen.tsx';
import { useStarter } from './start/use-starter.ts';

/** Classifies folders: the list of batches, or one batch that is open (`/classify/<id>`). */
export default function ClassifyScreen() {
  const { parts } = useRoute();
  const starter = useStarter();
  const [batch] = parts;
  return batch === undefined ? (
    <StartScreen starter={starter} />
  ) : (
    <BatchScreen key={batch} id={batch} starter={starter} />
  );
}
