plugins {
    id("com.android.library")
    id("org.jetbrains.kotlin.android")
    `maven-publish`
}

group = "dev.wamid"
version = "0.1.0"

android {
    namespace = "dev.wamid"
    compileSdk = 36
    defaultConfig {
        // java.time, which errors and conversations use.
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    sourceSets["main"].apply {
        // The hand-written part, and what `cargo xtask package kotlin` generated beside it.
        kotlin.srcDirs("../../src/main/kotlin", "../../../../target/kotlin/generated")
        // release.sh has cargo-ndk write here.
        jniLibs.srcDirs("src/main/jniLibs")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }
    publishing { singleVariant("release") { withSourcesJar() } }
}

kotlin {
    jvmToolchain(17)
    compilerOptions {
        // As in pom.xml: whoever compiles against it needs Kotlin 2.0 or later.
        languageVersion = org.jetbrains.kotlin.gradle.dsl.KotlinVersion.KOTLIN_2_1
        apiVersion = org.jetbrains.kotlin.gradle.dsl.KotlinVersion.KOTLIN_2_1
        freeCompilerArgs.add("-Xjvm-default=all")
    }
}

dependencies {
    // As an AAR it brings the libraries of JNA's own for each ABI; since 5.18 with 16 KB pages.
    api("net.java.dev.jna:jna:5.19.1@aar")
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")
}

publishing {
    // The release workflow signs and uploads what is laid there.
    repositories { maven { name = "folder"; url = uri(layout.buildDirectory.dir("repository")) } }
    publications {
        register<MavenPublication>("release") {
            artifactId = "wamid-android"
            afterEvaluate { from(components["release"]) }
        }
    }
}
