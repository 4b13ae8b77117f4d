// The library for Android. Not run here: the Android Gradle plugin and the Android targets cannot be had on the machine
// that this was written on. release.sh says in which order it is meant to go.
pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.FAIL_ON_PROJECT_REPOS
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "wamid-android"
include(":wamid")
