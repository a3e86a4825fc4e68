import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;

/**
 * Validates files with veraPDF: {@code Vera.java 3a,ua1 FILE…}
 *
 * <p>Prints one line of JSON for each file and flavour. Exits with 0 if all conform, with 1 if one does not, and with 2 if
 * a file could not be validated (its line then has {@code error}, and {@code compliant} is false).
 */
class Vera {
    /** Shows one failure of each rule; the count says how often it occurs. */
    private static final ValidatorConfig CONFIG = new ValidatorConfigBuilder()
        .showErrorMessages(true)
        .maxNumberOfDisplayedFailedChecks(1)
        .build();

    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("usage: Vera.java FLAVOUR[,FLAVOUR…] FILE…");
            System.exit(2);
        }
        // veraPDF logs what it tolerates; only the verdict is used here.
        LogManager.getLogManager().reset();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        VeraGreenfieldFoundryProvider.initialise();

        int exit = 0;
        for (int i = 1; i < args.length; i++) {
            for (String flavour : args[0].split(",")) {
                StringBuilder line = new StringBuilder("{\"file\":").append(quoted(args[i]))
                    .append(",\"flavour\":").append(quoted(flavour));
                try (VeraPDFFoundry foundry = Foundries.defaultInstance()) {
                    ValidationResult result = validate(foundry, new File(args[i]), flavour);
                    exit = Math.max(exit, result.isCompliant() ? 0 : 1);
                    line.append(",\"compliant\":").append(result.isCompliant())
                        .append(",\"failures\":[").append(String.join(",", failures(result))).append(']');
                } catch (Exception | LinkageError problem) {
                    exit = 2;
                    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
                    line.append(",\"compliant\":false,\"failures\":[],\"error\":").append(quoted(cause.toString()));
                }
                out.println(line.append('}'));
            }
        }
        System.exit(exit);
    }

    /** Makes a parser for each flavour, since its model depends on the flavour. */
    private static ValidationResult validate(VeraPDFFoundry foundry, File file, String id) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("unknown flavour; known are " + PDFAFlavour.getFlavourIds());
        }
        try (PDFAParser parser = foundry.createParser(file, flavour);
                PDFAValidator validator = foundry.createValidator(CONFIG, flavour)) {
            return validator.validate(parser);
        }
    }

    /** Returns one JSON object for each rule that failed. */
    private static List<String> failures(ValidationResult result) {
        Map<RuleId, TestAssertion> examples = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                examples.putIfAbsent(assertion.getRuleId(), assertion);
            }
        }
        List<String> failures = new ArrayList<>();
        examples.forEach((rule, example) -> failures.add("{\"clause\":" + quoted(rule.getClause())
            + ",\"test\":" + rule.getTestNumber()
            + ",\"description\":" + quoted(example.getMessage())
            + ",\"message\":" + quoted(example.getErrorMessage())
            + ",\"context\":" + quoted(example.getLocation().getContext())
            + ",\"count\":" + result.getFailedChecks().getOrDefault(rule, 1) + "}"));
        return failures;
    }

    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
