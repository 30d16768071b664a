import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Reads "left<TAB>right" lines and writes each back with Maven's own answer between them: "left < right". */
class MavenOracle {
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        StringBuilder out = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] pair = line.split("\t", -1);
            int order = new ComparableVersion(pair[0]).compareTo(new ComparableVersion(pair[1]));
            out.append(pair[0]).append(order < 0 ? " < " : order > 0 ? " > " : " = ").append(pair[1]).append('\n');
        }
        System.out.print(out);
    }
}
