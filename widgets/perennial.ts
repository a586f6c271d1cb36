import './provider/provider.ts';
import './value-chart/value-chart.ts';
import './segment-picker/segment-picker.ts';
import './at-risk-list/at-risk-list.ts';
import './recommendations/recommendations.ts';
import './campaign-results/campaign-results.ts';
import './import/import.ts';
