import com.adobe.epubcheck.tool.EpubChecker;

/** Runs EPUBCheck over many files in one virtual machine: the first argument is the folder of reports, named 0.json, 1.json and so on. */
public class EpubCheckAll {
    public static void main(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            String report = arguments[0] + "/" + (i - 1) + ".json";
            new EpubChecker().run(new String[] {arguments[i], "--usage", "--quiet", "--json", report});
        }
    }
}
