package io.marmalade.chain.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Ed25519Key;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorSecretsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 4418fb8c85bb3985394a8c2756d3643457ce614546202a2f50b093d762499ace,"
                + " ff71c6c03ff88adb5ed52c9681de1629a54e702fc14729f6b50d2f0a76f185b3",
        "1, ad93247bd01307550ec7acd757ce6fb805fcf73db364063265b30a949e90d933,"
                + " dee6d555b82024f1ccf8a1e37e60fa60fd40b1958c4bb3006af78647950e1b91",
        "2, cab2b9ff25c2410fbe9b8a717abb298c716a03983c98ceb4def2087500b8e341,"
                + " 9326edb21e5541717fde24ec085000b28709847b8aab1ac51f84e94b37ca1b66",
        "3, f30aa5444688b3cab47697b37d5cac5707bb3289e986b19b17db437206931a8d,"
                + " 0746846d17469fb2f95ef365efcab9f4e22fa1feb53111c995376be8019981cc",
        "4, 8b8c5d436f92ecf605421e873a99ec528761eb52a88a2f9a057b3b3003e6f32a,"
                + " 151e5c8fe2b9d8a606966a79edd2f9e5db47e83947ce368ccba53bf6ba20a40b",
        "5, ab0084d01534b31c1dd87c81645fd762482a90027754041ca1b56133d0466c06,"
                + " 2105650944fcd101621fd5bb3124c9fd191d114b7ad936c1d79d734f9f21392e"
    })
    void derivesTheKeysOfDevelopmentValidators(int index, String ed25519, String bandersnatch) {
        try (ValidatorSecrets secrets =
                ValidatorSecrets.ofSeed(ValidatorSecrets.trivialSeed(index))) {
            assertEquals(Ed25519Key.parse(ed25519), secrets.keys().ed25519());
            assertEquals(BandersnatchKey.parse(bandersnatch), secrets.keys().bandersnatch());
        }
    }
}
