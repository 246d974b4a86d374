import { TriangleAlert } from 'lucide-react';
import { Badge } from '../../components/feedback/badge.tsx';

export function LeakyBadge() {
  return (
    <Badge
      tone="bad"
      icon={TriangleAlert}
      title="Patients stand on both sides of the split: this measures memory, not skill."
    >
      Leaky
    </Badge>
  );
}
